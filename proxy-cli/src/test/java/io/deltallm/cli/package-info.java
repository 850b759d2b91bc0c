/// Tests of the command line, run within the test's own process; only the launcher's tests start processes.
@NullMarked
package io.deltallm.cli;

import org.jspecify.annotations.NullMarked;
