/** A pharmaceutical stock system: lots, their movements, and what Envers keeps of both. */
package com.conitrack.backup.exampleapp.stock;
