# cuenv for xonsh. What came off PATH is a variable of this shell alone, so the program is told it.
def _cuenv(args, stdin=None, stdout=None, stderr=None):
    import subprocess
    env = __xonsh__.env.detype()
    if args[:1] != ['shell']:
        return subprocess.call([@CUENV@, *args], env=env)
    env['_cuenv_left'] = __xonsh__.ctx.get('_cuenv_left', '')
    done = subprocess.run([@CUENV@, 'shell', '--for', 'xonsh', *args[1:]], stdout=subprocess.PIPE, env=env)
    if done.returncode == 0:
        __xonsh__.execer.exec(done.stdout.decode(errors='surrogateescape'), glbs=__xonsh__.ctx)
    return done.returncode
aliases['cuenv'] = _cuenv
