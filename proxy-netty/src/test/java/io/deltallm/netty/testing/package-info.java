/// What end-to-end tests are made of: a provider that plays a script ([ScriptedUpstream]), a client that sends exact
/// bytes ([RawClient]), recorded provider traffic ([Recordings]), a running gateway ([GatewayFixture]) and the guard
/// that fails a test which left a buffer behind ([LeakGuard]).
@NullMarked
package io.deltallm.netty.testing;

import org.jspecify.annotations.NullMarked;
