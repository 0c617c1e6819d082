package org.mdlibs.registry.token;

import java.util.List;

/** The API tokens of an account. */
public record TokenList(List<TokenDetails> tokens) {
  static TokenList of(List<Token> tokens) {
    return new TokenList(tokens.stream().map(TokenDetails::of).toList());
  }
}
