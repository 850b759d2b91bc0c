package io.deltallm.codec.dialect;

import io.deltallm.codec.json.JsonName;
import io.deltallm.codec.json.JsonWalker;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What a body of Google's sets in `generationConfig`, and where configured settings that it leaves out may join. Confined to
/// one connection, overwritten by the next scan.
final class GenerationConfig {
    private static final int TOP = 1;
    private static final JsonName CAMEL = JsonName.of("generationConfig");
    private static final JsonName SNAKE = JsonName.of("generation_config");
    private static final byte[] NOTHING = {};

    private boolean inside;
    private boolean seen;
    private boolean empty;
    /// After its opening brace; -1 where it is none.
    private int start;
    private int settings;

    void clear() {
        inside = false;
        seen = false;
        empty = true;
        start = -1;
        settings = 0;
    }

    void key(JsonWalker json) {
        if (json.depth() == TOP) {
            inside = json.key().is(CAMEL) || json.key().is(SNAKE);
            seen |= inside;
        } else if (inside && json.depth() == TOP + 1) {
            empty = false;
            GenerationSetting setting = GenerationSetting.at(json);
            settings |= setting == null ? 0 : setting.bit();
        }
    }

    void open(JsonWalker json, boolean object) {
        if (inside && object && json.depth() == TOP + 1) {
            start = (int) json.tokenEnd();
        }
    }

    /// Where [#missing] belongs.
    ///
    /// @param bodyStart after the body's opening brace
    int insertAt(int bodyStart) {
        return seen ? start : bodyStart;
    }

    /// What the configuration sets and the body does not, ready to be put in. Nothing where the body says null.
    ///
    /// @param defaults JSON literals by OpenAI's names
    byte[] missing(Map<String, String> defaults, boolean bodyEmpty) {
        if (defaults.isEmpty() || (seen && start < 0)) {
            return NOTHING;
        }
        AddedMembers added = new AddedMembers();
        for (GenerationSetting setting : GenerationSetting.values()) {
            String literal = (settings & setting.bit()) == 0 ? setting.literal(defaults) : null;
            if (literal != null) {
                added.add(setting.label(), literal);
            }
        }
        if (added.isEmpty()) {
            return NOTHING;
        }
        if (seen) {
            return added.utf8(!empty);
        }
        String config = "{" + new String(added.utf8(false), StandardCharsets.UTF_8) + "}";
        return new AddedMembers().add("generationConfig", config).utf8(!bodyEmpty);
    }
}
