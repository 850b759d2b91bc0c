/// The command line: arguments, files, signals. Start with [Main], then [Commands], the table of all commands.
/// Decisions belong to policy, sockets to netty; this package only wires and prints.
@NullMarked
package io.deltallm.cli;

import org.jspecify.annotations.NullMarked;
