package io.deltallm.netty.telemetry;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LostParametersTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            top_k, top_k
            tools[12], tools
            messages[3].content[0], messages.content
            messages[].content[].video_url, messages.content.video_url
            messages[3].content[0].cache_control, messages.content
            safetySettings, safetySettings
            generationConfig.mediaResolution, generationConfig
            x.y.z, other
            stop[4, stop
            '', other
            [], other
            """)
    void labelsAParameterByTheNearestKnownField(String parameter, String label) {
        assertThat(LostParameters.label(parameter)).isEqualTo(label);
    }
}
