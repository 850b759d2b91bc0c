@NullMarked
package io.deltallm.cli.log;

import org.jspecify.annotations.NullMarked;
