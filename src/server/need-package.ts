import { Psd2Error } from '../core/errors.ts'

/**
 * Loads an optional package.
 *
 * @throws Psd2Error `PACKAGE_MISSING` with the line that installs it
 */
export async function needPackage<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load()
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw cause
    throw new Psd2Error('PACKAGE_MISSING', `the package ${name} is not installed`, {
      mend: `npm install ${name}`,
      cause,
    })
  }
}
