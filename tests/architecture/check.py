#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the shape of the house: ARCHITECTURE.md's table of modules, as a test.

usage: check.py SOURCE_DIR     prints each offence; exit status 1 if there is any
       check.py --self-test    shows that every rule can fail
"""
import pathlib
import re
import sys
import tempfile

# module: (folder, modules it may include, Qt and other libraries it may link)
MODULES = {
    "core": ("app/core", set(), {"Qt6::Core"}),
    "storage": ("app/storage", {"core"}, {"Qt6::Sql"}),
    "xmpp": ("app/xmpp", {"core"}, {"QXmpp::QXmpp", "Qt6::Network", "Qt6::Xml", "OpenSSL::Crypto"}),
    "encryption": ("app/encryption", {"core"}, {"PkgConfig::OMEMO", "qca-qt6"}),
    "platform": ("app/platform", {"core"}, {"Qt6::Network", "Qt6::DBus", "Qt6::Gui", "qt6keychain"}),
    "session": ("app/session", {"core", "storage", "xmpp", "encryption"}, set()),
    "models": ("app/models", {"core", "session"}, set()),
    "widgets": ("ui/widgets", {"core", "models"}, {"Qt6::Widgets", "Qt6::Svg", "PkgConfig::QREncode"}),
    "views": ("ui/views", {"core", "widgets", "models"}, {"Qt6::Widgets"}),
    "shell": ("ui/shell", {"core", "storage", "xmpp", "encryption", "platform", "session", "models", "widgets", "views"},
              {"Qt6::Widgets", "Qt6::Network", "Qt6::Sql"}),
}
LONGEST_FILE = 600
FORBIDDEN_NAMES = re.compile(r"(manager|controller|helper|utils?)\.(h|cpp)$")
INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]', re.M)
SINGLETON = re.compile(r"\b(instance|self)\s*\(\s*\)")
QTS_OWN = re.compile(r"\b(qApp|Q(Core|Gui)?Application|QNetworkInformation)\b")
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"


def module_of(path):
    for name, (folder, _, _) in MODULES.items():
        if path.startswith(folder + "/"):
            return name
    return None


class Check:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.offences = []
        self.texts = {}
        for top in ("app", "ui"):
            for path in sorted((self.root / top).rglob("*")):
                if path.suffix in (".h", ".cpp"):
                    self.texts[path.relative_to(self.root).as_posix()] = path.read_text(encoding="utf-8")

    def offend(self, where, what):
        self.offences.append(f"{where}: {what}")

    def resolve(self, name):
        for top in ("app", "ui"):
            if f"{top}/{name}" in self.texts:
                return f"{top}/{name}"
        return None

    def includes(self, path):
        return INCLUDE.findall(self.texts[path])

    def run(self):
        for path in self.texts:
            self.check_arrows(path)
            self.check_text(path)
        self.check_cycles()
        self.check_links()
        return self.offences

    def names_qxmpp(self, path, seen=None):
        """Whether a header brings QXmpp with it, directly or through others of ours."""
        seen = seen if seen is not None else set()
        if path in seen:
            return False
        seen.add(path)
        for name in self.includes(path):
            if name.startswith(("QXmpp", "QDom", "QtXml")):
                return True
            target = self.resolve(name)
            if target and self.names_qxmpp(target, seen):
                return True
        return False

    def check_arrows(self, path):
        here = module_of(path)
        if here is None:
            return self.offend(path, "belongs to no module")
        for name in self.includes(path):
            if name.startswith("QXmpp") and here != "xmpp":
                self.offend(path, f"only app/xmpp may name QXmpp ({name})")
            if re.match(r"(QtWidgets|QWidget|QLabel|QDialog|QAbstractScrollArea)\b", name) and path.startswith("app/"):
                self.offend(path, f"app may not include widgets ({name})")
            target = self.resolve(name)
            if target is None:
                continue
            there = module_of(target)
            if there != here and there not in MODULES[here][1]:
                self.offend(path, f"{here} may not include {there} ({name})")
            if here == "session" and there == "xmpp" and self.names_qxmpp(target):
                self.offend(path, f"session may include only xmpp's abstract headers ({name})")

    def check_text(self, path):
        text = self.texts[path]
        if SPDX not in text.split("\n", 1)[0]:
            self.offend(path, "has no SPDX line")
        lines = text.count("\n")
        if lines > LONGEST_FILE:
            self.offend(path, f"{lines} lines, {LONGEST_FILE} are allowed")
        if FORBIDDEN_NAMES.search(path):
            self.offend(path, "has a name that says nothing")
        if path.endswith(".h") and "#pragma once" not in text:
            self.offend(path, "has no #pragma once")
        if path.startswith("app/") and re.search(r"(?<![\w.>])tr\(\s*u?\"", text):
            self.offend(path, "words for people belong into ui")
        for number, line in enumerate(text.split("\n"), 1):
            if SINGLETON.search(line) and not QTS_OWN.search(line):
                self.offend(f"{path}:{number}", "looks like a singleton")

    def check_cycles(self):
        state = {}

        def visit(path, trail):
            if state.get(path) == "done":
                return
            if state.get(path) == "open":
                return self.offend(path, "include cycle: " + " -> ".join(trail[trail.index(path):] + [path]))
            state[path] = "open"
            for name in self.includes(path):
                target = self.resolve(name)
                if target and target != path:
                    visit(target, trail + [path])
            state[path] = "done"

        for path in self.texts:
            if path.endswith(".h"):
                visit(path, [])

    def check_links(self):
        for name, (folder, modules, libraries) in MODULES.items():
            file = self.root / folder / "CMakeLists.txt"
            if not file.exists():
                continue
            text = re.sub(r"#.*", "", file.read_text(encoding="utf-8"))
            for link in re.findall(r"\bmingle_(\w+)", text):
                if link in MODULES and link != name and link not in modules:
                    self.offend(f"{folder}/CMakeLists.txt", f"{name} may not link {link}")
            for library in re.findall(r"\b(\w+::\w+)\b", text):
                if library not in libraries and library != "Qt6::Core":
                    self.offend(f"{folder}/CMakeLists.txt", f"{name} may not link {library}")


def self_test():
    """Each line breaks one rule; all must be found, and a clean tree must be clean."""
    head = f"// {SPDX}\n"
    cases = {
        "models may not include storage": {"app/models/a.cpp": '#include "storage/b.h"\n', "app/storage/b.h": "#pragma once\n"},
        "only app/xmpp may name QXmpp": {"app/session/a.cpp": "#include <QXmppClient.h>\n"},
        "abstract headers": {"app/session/a.cpp": '#include "xmpp/b.h"\n', "app/xmpp/b.h": "#pragma once\n#include <QXmppIq.h>\n"},
        "app may not include widgets": {"app/models/a.cpp": "#include <QLabel>\n"},
        "include cycle": {"app/core/a.h": '#pragma once\n#include "core/b.h"\n', "app/core/b.h": '#pragma once\n#include "core/a.h"\n'},
        "600 are allowed": {"app/core/a.cpp": "\n" * 601},
        "says nothing": {"app/core/roommanager.cpp": ""},
        "no #pragma once": {"app/core/a.h": ""},
        "singleton": {"app/core/a.cpp": "static A &instance();\n"},
        "belong into ui": {"app/models/a.cpp": 'auto a = tr("x");\n'},
        "may not link storage": {"app/models/CMakeLists.txt": "mingle_module(models LINKS mingle_storage)\n"},
        "may not link Qt6::Sql": {"app/models/CMakeLists.txt": "mingle_module(models LINKS Qt6::Sql)\n"},
    }
    clean = {"app/core/a.h": "#pragma once\n", "app/storage/b.cpp": '#include "core/a.h"\n'}
    failed = 0
    for expected, files in [*cases.items(), (None, clean)]:
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text if name.endswith(".txt") else head + text)
            found = Check(folder).run()
            if (expected is None and found) or (expected and not any(expected in line for line in found)):
                print(f"self-test: expected {expected!r}, found {found}")
                failed += 1
    return failed


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(1 if self_test() else 0)
    found = Check(sys.argv[1]).run()
    print("\n".join(found) if found else "the house is in order")
    sys.exit(1 if found else 0)
