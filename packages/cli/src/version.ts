/** Version of this package, put in by the build. */
declare const __TSMP_VERSION__: string | undefined;
export const VERSION: string = typeof __TSMP_VERSION__ === 'string' ? __TSMP_VERSION__ : '0.0.0';
