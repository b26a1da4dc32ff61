/* A slower disk: put before a program with LD_PRELOAD.
 *
 * Keeping anything takes SYNC_MS milliseconds longer, and JUMP_MS more for each write since the last time that
 * didn't follow the one before: a log is one line, the pages of a main file lie all over the disk.
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#define FILES 4096

static _Atomic int jumps[FILES];
static off64_t ends[FILES];

static double told(const char *name)
{
    const char *value = getenv(name);
    return value ? atof(value) : 0.0;
}

static void take_longer(int file)
{
    int since = file >= 0 && file < FILES ? __atomic_exchange_n(&jumps[file], 0, __ATOMIC_SEQ_CST) : 0;
    double ms = told("SYNC_MS") + since * told("JUMP_MS");
    struct timespec left = {(time_t)(ms / 1e3), (long)(1e6 * ms) % 1000000000L};
    while (nanosleep(&left, &left)) { /* a signal came: the rest of it */ }
}

static void written(int file, size_t count, off64_t at)
{
    if (file < 0 || file >= FILES) return;
    if (at != ends[file]) __atomic_add_fetch(&jumps[file], 1, __ATOMIC_SEQ_CST);
    ends[file] = at + (off64_t)count;
}

int fsync(int file)
{
    int (*sync)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    take_longer(file);
    return sync(file);
}

int fdatasync(int file)
{
    int (*sync)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    take_longer(file);
    return sync(file);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at)
{
    ssize_t (*put)(int, const void *, size_t, off_t);
    *(void **)&put = dlsym(RTLD_NEXT, "pwrite");
    written(file, count, at);
    return put(file, bytes, count, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at)
{
    ssize_t (*put)(int, const void *, size_t, off64_t);
    *(void **)&put = dlsym(RTLD_NEXT, "pwrite64");
    written(file, count, at);
    return put(file, bytes, count, at);
}
