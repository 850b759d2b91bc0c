package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.FrameProblem;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;
import org.jspecify.annotations.Nullable;

/// How far a [ReplyTranslation] has come: what waits for the client, and what is known of the reply. Confined to one attempt.
public final class ReplyProgress {
    private final JsonOutput output = new JsonOutput();
    private @Nullable GatewayError failure;
    private @Nullable Usage usage;
    private long pieces;

    /// What goes to the client next.
    public JsonOutput output() {
        return output;
    }

    public @Nullable GatewayError failure() {
        return failure;
    }

    public boolean failed() {
        return failure != null;
    }

    public @Nullable Usage usage() {
        return usage;
    }

    public long pieces() {
        return pieces;
    }

    /// Takes a step in reading the reply, unless it has failed. What the step throws of a reply that is none is the failure.
    public void step(Runnable reading) {
        if (failure != null) {
            return;
        }
        try {
            reading.run();
        } catch (Refused refused) {
            fail(refused.error());
        } catch (JsonProblem problem) {
            malformed(problem.path() + " " + problem.problem());
        } catch (FrameProblem problem) {
            malformed(String.valueOf(problem.getMessage()));
        }
    }

    /// What an event says of the whole reply.
    public void note(ChatEvent event) {
        switch (event) {
            case ChatEvent.Failed(GatewayError error) -> fail(error);
            case ChatEvent.Used(Usage stated) -> usage = stated;
            case ChatEvent.TextDelta _, ChatEvent.ThinkingDelta _, ChatEvent.ToolDelta _ -> pieces++;
            default -> {}
        }
    }

    void used(@Nullable Usage stated) {
        usage = stated;
    }

    /// @param error may repeat what the provider said
    public void fail(GatewayError error) {
        failure = Scrubbed.error(error);
    }

    private void malformed(String what) {
        failure = GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, "The provider sent a malformed reply: " + what.strip());
    }
}
