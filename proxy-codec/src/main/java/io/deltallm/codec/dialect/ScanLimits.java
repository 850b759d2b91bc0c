package io.deltallm.codec.dialect;

/// What a scan refuses. All are settings.
///
/// @param maxDepth how deep a JSON body may nest
/// @param maxModelLength in characters
/// @param maxPartHeaderBytes the headers of one multipart part, all together
/// @param validate whether fields besides the model are checked: messages, temperature, limits, n, logit_bias
public record ScanLimits(int maxDepth, int maxModelLength, int maxPartHeaderBytes, boolean validate) {
    public static final ScanLimits DEFAULT = new ScanLimits(64, 256, 8 * 1024, true);

    public ScanLimits {
        require(maxDepth >= 4, "maxDepth", maxDepth, "at least 4, as chat messages nest that deep");
        require(maxModelLength > 0, "maxModelLength", maxModelLength, "at least 1");
        require(maxPartHeaderBytes >= 128, "maxPartHeaderBytes", maxPartHeaderBytes, "at least 128");
    }

    private static void require(boolean holds, String name, int value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
