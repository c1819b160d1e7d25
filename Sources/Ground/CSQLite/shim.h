#include <sqlite3.h>

/// Stops SQLite from counting its memory, for which every allocation of every thread takes one lock. Before the first use.
static inline int sqlite_uncounted(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }
