/// What was written (`GatewayConfig`), what is used (`Snapshot`), and the way from one to the other. Start with
/// [Setting], the table of settings, then [ConfigReader]; `model_list` is read by [ModelReader]. Everything but
/// [ConfigSource] is pure: no files, no clock, no environment of its own. `conf/README.md` is the user's view.
@NullMarked
package io.deltallm.policy.config;

import org.jspecify.annotations.NullMarked;
