"""The aws CLI without its start, which takes longer than what it does: it is loaded once, and each
command is run in a process of its own, with the words, the variables and the streams of that command.

Prints the address of a socket, on which a command is a line of JSON; lives as long as its standard input.
"""

import json
import os
import select
import socketserver
import sys
import tempfile
import time

HOME = tempfile.TemporaryDirectory(prefix='ekscope-aws-cli-')
# Where tokens and assumed roles are kept is settled as the CLI is loaded: here, not in the user's home.
os.environ['HOME'] = HOME.name

from awscli import clidriver

# Where the CLI's own models are: loading it says so in the environment, which is the command's then.
DATA = os.environ['AWS_DATA_PATH']


def run(words, env):
    """Exit code and output, by the streams of the operating system: some writers hold on to them."""
    os.environ.clear()
    os.environ.update(env, AWS_DATA_PATH=DATA)
    time.tzset()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        try:
            code = clidriver.create_clidriver().main(words)
        except SystemExit as end:
            code = end.code
        sys.stdout.flush()
        sys.stderr.flush()
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode())
    return {'code': code or 0, 'out': texts[0], 'err': texts[1]}


class Command(socketserver.StreamRequestHandler):
    def handle(self):
        asked = json.loads(self.rfile.readline())
        self.wfile.write(json.dumps(run(asked['words'], asked['env'])).encode())


class Server(socketserver.ForkingMixIn, socketserver.UnixStreamServer):
    request_queue_size = 64

    def service_actions(self):
        super().service_actions()
        if select.select([0], [], [], 0)[0]:
            raise SystemExit


address = os.path.join(HOME.name, 'socket')
with HOME, Server(address, Command) as server:
    print(address, flush=True)
    server.serve_forever()
