#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Checks the desktop entry, the AppStream metainfo and the icon: a mistake there is invisible until a store refuses them.
set -eu
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
id=io.github.mingle_im.Mingle
failed=0

desktop-file-validate --no-hints "$top/packaging/linux/$id.desktop" || failed=1
appstreamcli validate --no-net --no-color "$top/packaging/linux/$id.metainfo.xml" || failed=1
python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$top/resources/icons/$id.svg" || failed=1
exit $failed
