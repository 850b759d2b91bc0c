package io.deltallm.codec.chat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MediaTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            data:image/png;base64,iVBORw0KGgo=                 | image/png       | iVBORw0KGgo=
            DATA:Image/PNG;charset=utf-8;BASE64,iVBORw0KGgo=   | image/png       | iVBORw0KGgo=
            data:image/webp;base64,-_-_                        | image/webp      | +/+/
            data:application/pdf;base64,QQ                     | application/pdf | QQ==
            data:;base64,QQ==                                  | text/plain      | QQ==
            data:text/plain,A%20b                              | text/plain      | QSBi""")
    void readsDataUrlsAsClientsWriteThem(String url, String mediaType, String base64) {
        assertThat(Media.ofUrl(url)).isEqualTo(new Media.Inline(mediaType, base64));
    }

    @Test
    void leavesOtherUrlsToBeFetched() {
        assertThat(Media.ofUrl("https://example.com/a.png")).isEqualTo(new Media.Remote("https://example.com/a.png", null));
    }

    @Test
    void showsNoContentInLogs() {
        assertThat(new Media.Inline("image/png", "QUJD").toString()).doesNotContain("QUJD");
    }
}
