/** Version of this package, put in by the build. */
declare const __TSMP_VERSION__: string | undefined;
export const VERSION: string = typeof __TSMP_VERSION__ === 'string' ? __TSMP_VERSION__ : '0.0.0';
/** The MicroPython whose compiler and `.mpy` files these are, and the day of its sources. */
export const MICROPYTHON_VERSION = 'v1.29.0-preview';
export const MICROPYTHON_DATE = '2026-08-19';
