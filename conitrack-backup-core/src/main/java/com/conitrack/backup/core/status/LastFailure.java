package com.conitrack.backup.core.status;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.RegisterEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last thing that went wrong, by the register.
 *
 * @param at when
 * @param event what was being done
 * @param outcome how it ended, as {@link RegisterEvent} tells
 * @param backup the backup concerned, null if none
 * @param storage the storage concerned, null if none in particular
 * @param reason why, in words; empty if nobody said
 */
public record LastFailure(
    Instant at,
    RegisterEvent event,
    String outcome,
    @Nullable BackupId backup,
    @Nullable String storage,
    String reason) {}
