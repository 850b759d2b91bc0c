package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.error.GatewayError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sums up the events of an answer of one choice.
final class HeardAnswer implements ChatSink {
    String text = "";
    String thoughts = "";
    String id = "";
    String model = "";
    final List<String> calls = new ArrayList<>();
    final List<String> signatures = new ArrayList<>();
    final List<String> pictures = new ArrayList<>();
    @Nullable FinishReason finish;
    @Nullable Usage usage;
    @Nullable GatewayError failed;

    private String callName = "";

    @Override
    public void accept(ChatEvent event) {
        switch (event) {
            case ChatEvent.Started(var startedId, var startedModel) -> {
                id = startedId == null ? "" : startedId.text();
                model = startedModel == null ? "" : startedModel.text();
            }
            case ChatEvent.TextDelta(_, var piece) -> text += piece.text();
            case ChatEvent.ThinkingDelta(_, var piece) -> thoughts += piece.text();
            case ChatEvent.ThinkingSignature(_, var signature) -> signatures.add(signature.text());
            case ChatEvent.ToolStarted(_, _, var callId, var name, var signature) -> {
                callName = name.text() + "#" + (callId == null ? "" : callId.text());
                sign(signature);
            }
            case ChatEvent.ToolArguments(_, _, var arguments) -> calls.add(callName + Gemini.json(arguments.json()));
            case ChatEvent.ImageMade(_, var type, var base64) -> pictures.add(type + " " + base64.text());
            case ChatEvent.Used(var stated) -> usage = stated;
            case ChatEvent.Stopped(_, var reason, _) -> finish = reason;
            case ChatEvent.Failed(var error) -> failed = error;
            default -> {}
        }
    }

    private void sign(@Nullable RawJson signature) {
        if (signature != null) {
            signatures.add(signature.text());
        }
    }
}
