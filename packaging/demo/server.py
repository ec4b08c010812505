#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""packaging/dev server: a throwaway ejabberd with accounts, until Ctrl+C."""

import shutil
import signal
import sys
import tempfile

import world
import throwaway

TEXT = """\
ejabberd is ready on 127.0.0.1; Ctrl+C ends it and removes everything.

  accounts       {accounts}
  direct TLS     127.0.0.1:{tls}
  STARTTLS       127.0.0.1:{c2s}
  certificates   {ca}
  rooms          NAME@{muc} (MUC)   NAME@{mix} (MIX)
  uploads        127.0.0.1:{https}
  http API       http://127.0.0.1:{api}/api
  log            {log}

  mingle --profile DIR --add-account {first}@{domain} --password-stdin --server 127.0.0.1:{tls} --tls direct --ca {ca}
"""


def main(users):
    # Not sys.exit at once: an interrupt within the clean-up below must not leave the folder behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder = tempfile.mkdtemp(prefix="mingle-server-")
    server = world.make_server(folder)
    try:
        server.make_certificates()
        throwaway.first_start(server)
        for user in users:
            server.register(user, f"pw-{user}")
        accounts = ", ".join(f"{user}@{throwaway.DOMAIN} (password pw-{user})" for user in users)
        print(TEXT.format(accounts=accounts, first=users[0], **server.ready_line(0)), flush=True)
        server.process.wait()
        print(f"ejabberd ended by itself: {server.log_tail()}", file=sys.stderr)
        return 1
    except throwaway.Failure as failure:
        print(f"packaging/dev: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        server.stop(signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["alice", "bob", "carol"]))
