// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/run.h"

int main(int argc, char **argv)
{
    return Mingle::run(argc, argv);
}
