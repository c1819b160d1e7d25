#include <sqlite3.h>
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/// Stops SQLite from counting its memory, for which every allocation of every thread takes one lock. Before the first use.
static inline int sqlite_uncounted(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

/// SQLite's own page cache, but for this: at every commit it is asked to drop what lies beyond the end of the database, and goes
/// through all its pages for that wherever a page once bore a higher number for a moment, as happens when a tree is balanced. Here
/// a cache knows whether there is such a page.
typedef struct {
    sqlite3_pcache *pages;
    /// No page bears a higher number, but those that bear theirs for a moment.
    unsigned highest;
    unsigned beyond;
} sqlite_bounded_cache;

static inline sqlite3_pcache_methods2 *sqlite_own_cache(void) {
    static sqlite3_pcache_methods2 methods;
    return &methods;
}

static inline int sqlite_cache_start(void *unused) { return sqlite_own_cache()->xInit(sqlite_own_cache()->pArg); }
static inline void sqlite_cache_stop(void *unused) { sqlite_own_cache()->xShutdown(sqlite_own_cache()->pArg); }

static inline sqlite3_pcache *sqlite_cache_create(int page, int extra, int purgeable) {
    sqlite_bounded_cache *cache = calloc(1, sizeof(sqlite_bounded_cache));
    if (!cache) return 0;
    cache->pages = sqlite_own_cache()->xCreate(page, extra, purgeable);
    if (!cache->pages) { free(cache); return 0; }
    return (sqlite3_pcache *)cache;
}

static inline void sqlite_cache_size(sqlite3_pcache *cache, int size) {
    sqlite_own_cache()->xCachesize(((sqlite_bounded_cache *)cache)->pages, size);
}

static inline int sqlite_cache_count(sqlite3_pcache *cache) {
    return sqlite_own_cache()->xPagecount(((sqlite_bounded_cache *)cache)->pages);
}

static inline sqlite3_pcache_page *sqlite_cache_fetch(sqlite3_pcache *cache, unsigned key, int create) {
    sqlite_bounded_cache *own = (sqlite_bounded_cache *)cache;
    if (create && key > own->highest) own->highest = key;
    return sqlite_own_cache()->xFetch(own->pages, key, create);
}

static inline void sqlite_cache_unpin(sqlite3_pcache *cache, sqlite3_pcache_page *page, int discard) {
    sqlite_own_cache()->xUnpin(((sqlite_bounded_cache *)cache)->pages, page, discard);
}

static inline void sqlite_cache_rekey(sqlite3_pcache *cache, sqlite3_pcache_page *page, unsigned from, unsigned to) {
    sqlite_bounded_cache *own = (sqlite_bounded_cache *)cache;
    if (to > own->highest) own->beyond++;
    if (from > own->highest && own->beyond > 0) own->beyond--;
    sqlite_own_cache()->xRekey(own->pages, page, from, to);
}

static inline void sqlite_cache_truncate(sqlite3_pcache *cache, unsigned limit) {
    sqlite_bounded_cache *own = (sqlite_bounded_cache *)cache;
    if (limit > own->highest && own->beyond == 0) return;
    sqlite_own_cache()->xTruncate(own->pages, limit);
    if (limit <= own->highest) own->highest = limit ? limit - 1 : 0;
    own->beyond = 0;
}

static inline void sqlite_cache_destroy(sqlite3_pcache *cache) {
    sqlite_own_cache()->xDestroy(((sqlite_bounded_cache *)cache)->pages);
    free(cache);
}

static inline void sqlite_cache_shrink(sqlite3_pcache *cache) {
    sqlite_own_cache()->xShrink(((sqlite_bounded_cache *)cache)->pages);
}

/// Before the first use.
static inline int sqlite_bound_caches(void) {
    int code = sqlite3_config(SQLITE_CONFIG_GETPCACHE2, sqlite_own_cache());
    if (code != SQLITE_OK) return code;
    sqlite3_pcache_methods2 bounded = {
        1, 0, sqlite_cache_start, sqlite_cache_stop, sqlite_cache_create, sqlite_cache_size, sqlite_cache_count,
        sqlite_cache_fetch, sqlite_cache_unpin, sqlite_cache_rekey, sqlite_cache_truncate, sqlite_cache_destroy,
        sqlite_cache_shrink};
    return sqlite3_config(SQLITE_CONFIG_PCACHE2, &bounded);
}

/// Keeps memory with the process: what a batch takes would be given back to the system after it, and asked for again for the
/// next one, page by page.
static inline int sqlite_memory_kept(void) {
#ifdef __GLIBC__
    return mallopt(M_MMAP_THRESHOLD, 16 << 20) & mallopt(M_TRIM_THRESHOLD, 128 << 20);
#else
    return 1;
#endif
}
