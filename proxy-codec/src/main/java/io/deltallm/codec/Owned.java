package io.deltallm.codec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A reference-counted buffer that changes hands here: on a parameter, the callee releases it; on a method, the caller
/// does. A buffer without this mark is borrowed: read it at absolute positions, keep no reference, move no index.
@Documented
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.PARAMETER, ElementType.METHOD, ElementType.FIELD})
public @interface Owned {}
