/* A disk that takes SYNC_MS milliseconds longer to keep anything: put before a program with LD_PRELOAD. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void take_longer(void)
{
    const char *told = getenv("SYNC_MS");
    double ms = told ? atof(told) : 0.0;
    struct timespec left = {(time_t)(ms / 1e3), (long)(1e6 * ms) % 1000000000L};
    while (nanosleep(&left, &left)) { /* a signal came: the rest of it */ }
}

int fsync(int file)
{
    int (*sync)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    take_longer();
    return sync(file);
}

int fdatasync(int file)
{
    int (*sync)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    take_longer();
    return sync(file);
}
