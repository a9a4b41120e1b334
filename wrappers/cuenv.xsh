# cuenv for xonsh.
def _cuenv(args, stdin=None, stdout=None, stderr=None):
    import subprocess
    if args[:1] != ['shell']:
        return subprocess.call([@CUENV@, *args], env=__xonsh__.env.detype())
    done = subprocess.run([@CUENV@, 'shell', '--for', 'xonsh', *args[1:]], stdout=subprocess.PIPE,
                          env=__xonsh__.env.detype())
    if done.returncode == 0:
        __xonsh__.execer.exec(done.stdout.decode(errors='surrogateescape'), glbs=__xonsh__.ctx)
    return done.returncode
aliases['cuenv'] = _cuenv
