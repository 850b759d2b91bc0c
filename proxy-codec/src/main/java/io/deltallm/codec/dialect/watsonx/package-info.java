/// IBM watsonx.ai's chat, `/ml/v1/text/chat` and `/ml/v1/text/chat_stream`: start at [WatsonxChat]
/// (https://cloud.ibm.com/apidocs/watsonx-ai#text-chat, wire-formats.md §13). Replies of `/ml/v1/text/generation` are
/// understood too.
///
/// What is lost: `parallel_tool_calls`, `user`, `top_k`, sounds, films, files; thoughts of earlier turns.
@NullMarked
package io.deltallm.codec.dialect.watsonx;

import org.jspecify.annotations.NullMarked;
