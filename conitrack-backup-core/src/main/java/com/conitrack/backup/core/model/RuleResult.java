package com.conitrack.backup.core.model;

/**
 * How a dump fared under one content rule of the policy.
 *
 * @param rule the rule, such as {@code at least 10 tables}
 * @param met whether it was met
 * @param detail what was found, such as {@code 17 tables}
 */
public record RuleResult(String rule, boolean met, String detail) {}
