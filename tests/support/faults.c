/* Makes one call to the disk fail, or a signal come in its midst: the nth of a sort, on a file below a folder,
 * as the environment says.
 *
 * FAULT_CALL  which sort: open, write, fsync, name, truncate
 * FAULT_AT    which of them, counted from 1; all later ones fail too where FAULT_STAYS is set
 * FAULT_SIGNAL a signal that comes instead; the call itself does its work then
 * FAULT_UNDER the folder
 * FAULT_FIRED a file that is made when that has happened
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long seen;

static int is_under(const char *path)
{
    const char *folder = getenv("FAULT_UNDER");
    return folder && path && (path[0] != '/' || !strncmp(path, folder, strlen(folder)));
}

static int fails(const char *call, const char *path)
{
    const char *wanted = getenv("FAULT_CALL"), *at = getenv("FAULT_AT"), *fired = getenv("FAULT_FIRED");
    if (!wanted || !at || !fired || strcmp(wanted, call) || !is_under(path)) return 0;
    seen++;
    if (seen != atol(at) && !(seen > atol(at) && getenv("FAULT_STAYS"))) return 0;
    int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
    int made = real(fired, O_CREAT | O_WRONLY, 0600);
    if (made >= 0) close(made);
    if (getenv("FAULT_SIGNAL")) {
        raise(atoi(getenv("FAULT_SIGNAL")));
        return 0;
    }
    errno = EIO;
    return 1;
}

static int fails_on(const char *call, int handle)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return fails(call, path);
}

#define OPENS(name)                                                             \
    int name(const char *path, int flags, ...)                                  \
    {                                                                           \
        va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest); \
        if ((flags & (O_CREAT | O_WRONLY | O_RDWR)) && fails("open", path)) return -1; \
        int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, #name);          \
        return real(path, flags, mode);                                         \
    }
OPENS(open)
OPENS(open64)

#define ON_HANDLE(name, call, result, declared, given)                          \
    result name declared                                                        \
    {                                                                           \
        if (fails_on(call, handle)) return -1;                                  \
        result (*real) declared = dlsym(RTLD_NEXT, #name);                      \
        return real given;                                                      \
    }
ON_HANDLE(write, "write", ssize_t, (int handle, const void *bytes, size_t n), (handle, bytes, n))
ON_HANDLE(pwrite, "write", ssize_t, (int handle, const void *bytes, size_t n, off_t at), (handle, bytes, n, at))
ON_HANDLE(pwrite64, "write", ssize_t, (int handle, const void *bytes, size_t n, off64_t at), (handle, bytes, n, at))
ON_HANDLE(fsync, "fsync", int, (int handle), (handle))
ON_HANDLE(fdatasync, "fsync", int, (int handle), (handle))
ON_HANDLE(ftruncate, "truncate", int, (int handle, off_t size), (handle, size))
ON_HANDLE(ftruncate64, "truncate", int, (int handle, off64_t size), (handle, size))

#define ON_NAMES(name)                                                          \
    int name(const char *from, const char *to)                                  \
    {                                                                           \
        if (fails("name", to)) return -1;                                       \
        int (*real)(const char *, const char *) = dlsym(RTLD_NEXT, #name);      \
        return real(from, to);                                                  \
    }
ON_NAMES(rename)
ON_NAMES(link)

int linkat(int there, const char *from, int here, const char *to, int flags)
{
    if (fails("name", to)) return -1;
    int (*real)(int, const char *, int, const char *, int) = dlsym(RTLD_NEXT, "linkat");
    return real(there, from, here, to, flags);
}
