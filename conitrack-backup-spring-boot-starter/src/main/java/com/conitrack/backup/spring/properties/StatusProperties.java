package com.conitrack.backup.spring.properties;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the backups' status is read for health, metrics, endpoint and page.
 *
 * @param refresh For how long what was read of the storages is used before it is read again. Ages
 *     are always reckoned anew.
 * @param patience How long whoever asks first waits for the first reading.
 */
public record StatusProperties(
    @DefaultValue("1m") TimeSpan refresh, @DefaultValue("3s") TimeSpan patience) {}
