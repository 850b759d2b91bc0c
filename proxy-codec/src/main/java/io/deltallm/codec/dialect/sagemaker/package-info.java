/// Formats of other packages as a model's container on Amazon SageMaker speaks them, by way of Amazon: start at
/// [ContainerDialect] (https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Operations_Amazon_SageMaker_Runtime.html,
/// wire-formats.md §13). What is lost is what the format itself loses; of containers that stream, only those are read that
/// send Server-Sent Events.
@NullMarked
package io.deltallm.codec.dialect.sagemaker;

import org.jspecify.annotations.NullMarked;
