/// Where log lines go and how they look. Start with [Logging]. The only package that knows Logback.
@NullMarked
package io.deltallm.cli.log;

import org.jspecify.annotations.NullMarked;
