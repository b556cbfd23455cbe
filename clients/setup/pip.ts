/**
 * The arguments with which Python installs exactly what a lock file names: files of these hashes alone, and no source
 * distribution, since building one runs a program of its package.
 */
export const pipInstall = (lock: string): readonly string[] => [
  '-m',
  'pip',
  'install',
  '--quiet',
  '--no-compile',
  '--disable-pip-version-check',
  '--no-deps',
  '--require-hashes',
  '--only-binary',
  ':all:',
  '--requirement',
  lock,
]
