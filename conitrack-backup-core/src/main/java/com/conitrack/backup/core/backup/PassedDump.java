package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.model.RuleResult;
import com.conitrack.backup.core.model.StoredDump;
import com.conitrack.backup.core.model.ToolFacts;
import java.util.List;

/** A dump that has passed whole and met the rules; its copies wait, invisible, to be committed. */
record PassedDump(
    StoredDump dump,
    DumpFindings findings,
    ToolFacts tool,
    List<RuleResult> rules,
    List<CopyWriter> writers) {}
