/**
 * The special functions of the math module: erf, erfc, gamma, lgamma.
 *
 * erf, erfc and lgamma use the rational approximations of Sun's fdlibm (coefficients below are theirs), gamma the
 * Lanczos approximation with g = 6.0247 that musl also uses. Errors are below 1 ulp for erf and erfc and a few ulp for
 * the others (packages/vm/test/num/special.test.ts). Results are doubles; single kinds round them.
 */

import { exp, log, pow } from './powlog.js';
import { highWord, joinDouble, splitDouble } from './x87.js';

/** c[0] + c[1]·x + c[2]·x² + … */
function poly(c: readonly number[], x: number): number {
  let v = 0;
  for (let i = c.length - 1; i >= 0; i--) {
    v = v * x + (c[i] as number);
  }
  return v;
}

// erf(x) = x + x·P(x²)/Q(x²) below 0.84375; EFX is 2/sqrt(pi) - 1
const EFX = 1.28379167095512586316e-1;
const ERF_P = [
  1.28379167095512558561e-1, -3.2504210724700149937e-1, -2.84817495755985104766e-2, -5.77027029648944159157e-3,
  -2.37630166566501626084e-5,
];
const ERF_Q = [
  1, 3.97917223959155352819e-1, 6.50222499887672944485e-2, 5.08130628187576562776e-3, 1.32494738004321644526e-4,
  -3.9602282787753681232e-6,
];
// erf(1 + s) = ERX + P(s)/Q(s) up to 1.25
const ERX = 8.45062911510467529297e-1;
const NEAR1_P = [
  -2.36211856075265944077e-3, 4.14856118683748331666e-1, -3.72207876035701323847e-1, 3.18346619901161753674e-1,
  -1.10894694282396677476e-1, 3.54783043256182359371e-2, -2.166375594868790843e-3,
];
const NEAR1_Q = [
  1, 1.06420880400844228286e-1, 5.40397917702171048937e-1, 7.18286544141962662868e-2, 1.26171219808761642112e-1,
  1.36370839120290507362e-2, 1.1984499846799107417e-2,
];
// erfc(x) = exp(-x² - 0.5625 + P(1/x²)/Q(1/x²)) / x, with one pair of polynomials up to 1/0.35 and one above
const MID_P = [
  -9.86494403484714822705e-3, -6.93858572707181764372e-1, -1.05586262253232909814e1, -6.23753324503260060396e1,
  -1.62396669462573470355e2, -1.84605092906711035994e2, -8.12874355063065934246e1, -9.81432934416914548592,
];
const MID_Q = [
  1, 1.96512716674392571292e1, 1.376577541435190426e2, 4.34565877475229228821e2, 6.45387271733267880336e2,
  4.29008140027567833386e2, 1.08635005541779435134e2, 6.57024977031928170135, -6.04244152148580987438e-2,
];
const FAR_P = [
  -9.86494292470009928597e-3, -7.99283237680523006574e-1, -1.77579549177547519889e1, -1.60636384855821916062e2,
  -6.37566443368389627722e2, -1.02509513161107724954e3, -4.83519191608651397019e2,
];
const FAR_Q = [
  1, 3.03380607434824582924e1, 3.25792512996573918826e2, 1.53672958608443695994e3, 3.19985821950859553908e3,
  2.55305040643316442583e3, 4.74528541206955367215e2, -2.24409524465858183362e1,
];

/** erfc of x >= 0.84375. */
function erfcAbove(x: number): number {
  if (x < 1.25) {
    return 1 - ERX - poly(NEAR1_P, x - 1) / poly(NEAR1_Q, x - 1);
  }
  const s = 1 / (x * x);
  const r = x < 1 / 0.35 ? poly(MID_P, s) / poly(MID_Q, s) : poly(FAR_P, s) / poly(FAR_Q, s);
  // x² is made exact by squaring only the upper half of x
  splitDouble(x);
  const z = joinDouble(highWord(), 0);
  return (exp(-z * z - 0.5625) * exp((z - x) * (z + x) + r)) / x;
}

/** The error function. */
export function erf(x: number): number {
  const abs = Math.abs(x);
  if (x !== x) {
    return x;
  }
  if (abs < 0.84375) {
    if (abs < 2 ** -28) {
      return 0.125 * (8 * x + 8 * EFX * x);
    }
    const z = x * x;
    return x + x * (poly(ERF_P, z) / poly(ERF_Q, z));
  }
  const y = abs < 6 ? 1 - erfcAbove(abs) : 1;
  return x < 0 ? -y : y;
}

/** The complementary error function, 1 - erf(x). */
export function erfc(x: number): number {
  const abs = Math.abs(x);
  if (x !== x) {
    return x;
  }
  if (abs < 0.84375) {
    if (abs < 2 ** -56) {
      return 1 - x;
    }
    const z = x * x;
    const y = poly(ERF_P, z) / poly(ERF_Q, z);
    return x < 0.25 ? 1 - (x + x * y) : 0.5 - (x - 0.5 + x * y);
  }
  if (abs < 28) {
    return x < 0 ? 2 - erfcAbove(abs) : erfcAbove(abs);
  }
  return x < 0 ? 2 : 0;
}

/** sin(pi·x) for x > 0, exact where the result is. */
function sinPi(x: number): number {
  let r = x % 2;
  const quarter = Math.floor((Math.floor(r * 4) + 1) / 2);
  r = Math.PI * (r - quarter * 0.5);
  switch (quarter & 3) {
    case 0:
      return Math.sin(r);
    case 1:
      return Math.cos(r);
    case 2:
      return -Math.sin(r);
    default:
      return -Math.cos(r);
  }
}

// Lanczos: gamma(x) = (x + g - 0.5)^(x - 0.5) · exp(-(x + g - 0.5)) · S(x)
const G_MINUS_HALF = 5.524680040776729583740234375;
const LANCZOS_NUM = [
  23531376880.41075968857200767445163675473484680494, 42919803642.649098768957899047001988850926355848959,
  35711959237.355668049440185451547166705960488635843, 17921034426.03720969991975575445893111267140326539,
  6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786772,
  248874557.86205415651146038641322942321632125127801, 31426415.58540019438061423162831820536287468498764,
  2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
  8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
  2.5066282746310002701649081771338373386264310793408,
];
const LANCZOS_DEN = [
  0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1,
];

function lanczosSum(x: number): number {
  if (x < 8) {
    return poly(LANCZOS_NUM, x) / poly(LANCZOS_DEN, x);
  }
  // in powers of 1/x, so that nothing overflows
  let p = 0;
  let q = 0;
  for (let i = 0; i < LANCZOS_NUM.length; i++) {
    p = p / x + (LANCZOS_NUM[i] as number);
    q = q / x + (LANCZOS_DEN[i] as number);
  }
  return p / q;
}

/** The gamma function. NaN for negative whole numbers, an infinity with the sign of x for zero. */
export function gamma(x: number): number {
  if (x - x !== 0) {
    return x + Number.POSITIVE_INFINITY;
  }
  const abs = Math.abs(x);
  if (abs < 2 ** -54) {
    return 1 / x;
  }
  if (x === Math.floor(x)) {
    if (x < 0) {
      return Number.NaN;
    }
    if (x <= 23) {
      let product = 1;
      for (let i = 2; i < x; i++) {
        product *= i;
      }
      return product;
    }
  }
  if (abs >= 184) {
    return x > 0 ? Number.POSITIVE_INFINITY : Math.floor(x) % 2 === 0 ? 0 : -0;
  }
  // y = abs + g - 0.5 rounds; what it lost goes into the result to first order
  const y = abs + G_MINUS_HALF;
  let lost = abs > G_MINUS_HALF ? y - abs - G_MINUS_HALF : y - G_MINUS_HALF - abs;
  let exponent = abs - 0.5;
  let r = lanczosSum(abs) * exp(-y);
  if (x < 0) {
    r = -Math.PI / (sinPi(abs) * abs * r);
    lost = -lost;
    exponent = -exponent;
  }
  r += (lost * (G_MINUS_HALF + 0.5) * r) / y;
  const root = pow(y, 0.5 * exponent);
  return r * root * root;
}

// lgamma near 2, near its minimum TC, near 1, on [2, 3), and from 8 on
const LG_A = [
  7.72156649015328655494e-2, 6.73523010531292681824e-2, 7.38555086081402883957e-3, 1.19270763183362067845e-3,
  2.20862790713908385557e-4, 2.52144565451257326939e-5,
];
const LG_B = [
  3.22467033424113591611e-1, 2.05808084325167332806e-2, 2.89051383673415629091e-3, 5.10069792153511336608e-4,
  1.08011567247583939954e-4, 4.4864094961891516015e-5,
];
const LG_TC = 1.46163214496836224576;
const LG_TF = -1.21486290535849611461e-1;
const LG_TT = -3.63867699703950536541e-18;
const LG_T = [
  [
    4.83836122723810047042e-1, -3.27885410759859649565e-2, 6.10053870246291332635e-3, -1.40346469989232843813e-3,
    3.15632070903625950361e-4,
  ],
  [
    -1.47587722994593911752e-1, 1.79706750811820387126e-2, -3.6845201678113825676e-3, 8.81081882437654011382e-4,
    -3.12754168375120860518e-4,
  ],
  [
    6.46249402391333854778e-2, -1.0314224129834143745e-2, 2.2596478090061247225e-3, -5.38595305356740546715e-4,
    3.35529192635519073543e-4,
  ],
] as const;
const LG_U = [
  -7.72156649015328655494e-2, 6.32827064025093366517e-1, 1.45492250137234768737, 9.77717527963372745603e-1,
  2.28963728064692451092e-1, 1.33810918536787660377e-2,
];
const LG_V = [
  1, 2.45597793713041134822, 2.12848976379893395361, 7.69285150456672783825e-1, 1.04222645593369134254e-1,
  3.2170924228242391181e-3,
];
const LG_S = [
  -7.72156649015328655494e-2, 2.14982415960608852501e-1, 3.25778796408930981787e-1, 1.46350472652464452805e-1,
  2.6642270303363860956e-2, 1.84028451407337715652e-3, 3.19475326584100867617e-5,
];
const LG_R = [
  1, 1.39200533467621045958, 7.21935547567138069525e-1, 1.71933865632803078993e-1, 1.86459191715652901344e-2,
  7.77942496381893596434e-4, 7.32668430744625636189e-6,
];
const LG_W0 = 4.18938533204672725052e-1;
const LG_W = [
  8.33333333333329678849e-2, -2.7777777772877553647e-3, 7.936505586430195585e-4, -5.95187557450339963135e-4,
  8.36339918996282139126e-4, -1.63092934096575273989e-3,
];

/** lgamma on (0, 2), from the polynomials around 2, the minimum and 1, by way of lgamma(x) = lgamma(x + 1) - log(x). */
function lgammaBelow2(x: number): number {
  let shift = 0;
  let y = x;
  let centre: number;
  if (x <= 0.9) {
    shift = -log(x);
    centre = x >= 0.7315998077392578 ? 2 : x >= 0.23163998126983643 ? LG_TC : 1;
    y = centre === 2 ? 1 - x : centre === 1 ? x : x - (LG_TC - 1);
  } else {
    centre = x >= 1.7316312789916992 ? 2 : x >= 1.2316322326660156 ? LG_TC : 1;
    y = centre === 2 ? 2 - x : x - centre;
  }
  if (centre === 2) {
    const z = y * y;
    return shift + (y * poly(LG_A, z) + z * poly(LG_B, z) - 0.5 * y);
  }
  if (centre === 1) {
    return shift + (-0.5 * y + (y * poly(LG_U, y)) / poly(LG_V, y));
  }
  const z = y * y;
  const w = z * y;
  const p = z * poly(LG_T[0], w) - (LG_TT - w * (poly(LG_T[1], w) + y * poly(LG_T[2], w)));
  return shift + (LG_TF + p);
}

/** The logarithm of the absolute value of the gamma function. */
export function lgamma(x: number): number {
  if (x - x !== 0) {
    return x * x;
  }
  const abs = Math.abs(x);
  if (abs < 2 ** -70) {
    return -log(abs);
  }
  if (x < 0) {
    const s = sinPi(abs);
    return s === 0 ? Number.POSITIVE_INFINITY : log(Math.PI / Math.abs(s * abs)) - lgamma(abs);
  }
  if (x === 1 || x === 2) {
    return 0;
  }
  if (x < 2) {
    return lgammaBelow2(x);
  }
  if (x < 8) {
    const whole = Math.floor(x);
    const y = x - whole;
    let product = 1;
    for (let i = whole - 1; i >= 2; i--) {
      product *= y + i;
    }
    return 0.5 * y + (y * poly(LG_S, y)) / poly(LG_R, y) + log(product);
  }
  if (x < 2 ** 58) {
    const z = 1 / x;
    const tail = LG_W0 + z * poly(LG_W, z * z);
    return (x - 0.5) * (log(x) - 1) + tail;
  }
  return x * (log(x) - 1);
}
