declare const __CACHEWRIGHT_VERSION__: string | undefined;

/** Put in by the build; code that runs unbuilt (tests) has none. */
export const version: string = typeof __CACHEWRIGHT_VERSION__ === "string" ? __CACHEWRIGHT_VERSION__ : "0.0.0";
