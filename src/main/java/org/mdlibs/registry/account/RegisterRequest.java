package org.mdlibs.registry.account;

/** A new account. */
public record RegisterRequest(String username, String email, String password) {}
