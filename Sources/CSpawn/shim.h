// glibc hides this declaration behind _GNU_SOURCE, which Swift's Glibc module does not define.
#pragma once
#include <spawn.h>

#ifdef __GLIBC__
extern int posix_spawn_file_actions_addchdir_np(
    posix_spawn_file_actions_t *restrict actions, const char *restrict path);
#endif
