package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a client's request, its names in either spelling. Confined to one request.
final class RequestReader {
    private final PathCall path;
    private final ContentsReader contents = new ContentsReader();
    private final GenerationConfigReader config = new GenerationConfigReader();
    private final List<Message> instructions = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private final Map<String, RawJson> extras = new LinkedHashMap<>();
    private @Nullable ToolChoice toolChoice;

    RequestReader(PathCall path) {
        this.path = path;
    }

    ChatRequest read(JsonCursor body) {
        members(body);
        if (contents.messages().isEmpty()) {
            throw Refused.request("contents is missing or empty (expected: an array of at least one content)", "contents");
        }
        List<Message> messages = new ArrayList<>(instructions);
        messages.addAll(contents.messages());
        config.extras().forEach(extras::putIfAbsent);
        return new ChatRequest(
                Operation.GENERATE_CONTENT.label(),
                path.model(),
                messages,
                tools,
                toolChoice,
                null,
                config.sampling(),
                config.responseFormat(),
                config.reasoning(),
                path.stream(),
                true,
                null,
                extras);
    }

    private void members(JsonCursor body) {
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (!body.skipNull()) {
                member(CamelCase.of(name), body);
            }
        }
    }

    private void member(String name, JsonCursor body) {
        switch (name) {
            case "contents" -> contents.read(body);
            case "systemInstruction" -> instructions.addAll(instruction(body));
            case "tools" -> new ToolsReader(tools).read(body);
            case "toolConfig" -> toolConfig(body);
            case "generationConfig" -> config.read(body);
            case "generateContentRequest" -> members(body); // so that its tokens be counted
            case "model" -> {} // the path has it
            default -> extras.put(name, body.raw());
        }
    }

    private static List<Message> instruction(JsonCursor body) {
        if (body.isString()) {
            return List.of(Message.text(Role.SYSTEM, body.string()));
        }
        ContentsReader reader = new ContentsReader();
        reader.readOne(body, Role.SYSTEM);
        return reader.messages();
    }

    private void toolConfig(JsonCursor body) {
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            String field = CamelCase.of(name);
            if (field.equals("functionCallingConfig") && body.kind() == JsonKind.OBJECT) {
                functionCalling(body);
            } else if (!body.skipNull()) {
                extras.put(ToolsWriter.PREFIX + field, body.raw());
            }
        }
    }

    private void functionCalling(JsonCursor body) {
        String mode = "";
        List<String> names = new ArrayList<>();
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (CamelCase.of(name)) {
                case "mode" -> mode = body.anyText();
                case "allowedFunctionNames" -> {
                    if (!body.skipNull()) {
                        body.array();
                        while (body.element()) {
                            names.add(body.string());
                        }
                    }
                }
                default -> {}
            }
        }
        toolChoice = ToolsWriter.choice(mode, names);
    }
}
