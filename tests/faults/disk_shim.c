/* Loaded before everything else into a hall's server (LD_PRELOAD): a disk that fails when it is told to.
 *
 * As long as the file SHIM_TROUBLE is there, syncs ("sync") or writes ("write") of hall.db and its log of changes
 * fail as the first word of the file says ("sync once" ends the trouble); what was written stays written.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int is_the_halls(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    return strstr(path, "/hall.db") && !strstr(path, "-shm");
}

static int fails(int fd, const char *what) {
    char told[16] = "";
    int before = errno, in = open(getenv("SHIM_TROUBLE"), O_RDONLY);
    if (in >= 0) {
        if (read(in, told, sizeof told - 1) < 0) told[0] = 0;
        close(in);
    }
    int it_does = !strncmp(told, what, strlen(what)) && is_the_halls(fd);
    if (it_does && strstr(told, "once")) unlink(getenv("SHIM_TROUBLE"));
    errno = before;
    return it_does;
}

static int failed(int reason) {
    errno = reason;
    return -1;
}

int fsync(int fd) { return fails(fd, "sync") ? failed(EIO) : REAL(fsync)(fd); }
int fdatasync(int fd) { return fails(fd, "sync") ? failed(EIO) : REAL(fdatasync)(fd); }

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    return fails(fd, "write") ? failed(EROFS) : REAL(pwrite)(fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    return fails(fd, "write") ? failed(EROFS) : REAL(pwrite64)(fd, bytes, count, at);
}
