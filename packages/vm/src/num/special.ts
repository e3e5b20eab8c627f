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
    v = v * x + c[i];
  }
  return v;
}

// erf(x) = x + x·P(x²)/Q(x²) below 0.84375; EFX is 2/sqrt(pi) - 1
const EFX = 0.1283791670955126;
const ERF_P = [
  0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442, -2.3763016656650163e-5,
];
const ERF_Q = [
  1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164, -3.960228278775368e-6,
];
// erf(1 + s) = ERX + P(s)/Q(s) up to 1.25
const ERX = 0.8450629115104675;
const NEAR1_P = [
  -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668,
  0.035478304325618236, -0.002166375594868791,
];
const NEAR1_Q = [
  1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905,
  0.011984499846799107,
];
// erfc(x) = exp(-x² - 0.5625 + P(1/x²)/Q(1/x²)) / x, with one pair of polynomials up to 1/0.35 and one above
const MID_P = [
  -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347,
  -184.60509290671104, -81.2874355063066, -9.814329344169145,
];
const MID_Q = [
  1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783,
  108.63500554177944, 6.570249770319282, -0.0604244152148581,
];
const FAR_P = [
  -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896,
  -1025.0951316110772, -483.5191916086514,
];
const FAR_Q = [
  1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644,
  474.52854120695537, -22.44095244658582,
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
const G_MINUS_HALF = 5.52468004077673;
const LANCZOS_NUM = [
  23531376880.41076, 42919803642.6491, 35711959237.35567, 17921034426.03721, 6039542586.352028, 1439720407.3117216,
  248874557.86205417, 31426415.585400194, 2876370.6289353725, 186056.26539522348, 8071.672002365816, 210.82427775157936,
  2.5066282746310002,
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
    p = p / x + LANCZOS_NUM[i];
    q = q / x + LANCZOS_DEN[i];
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
  0.07721566490153287, 0.06735230105312927, 0.007385550860814029, 0.0011927076318336207, 0.00022086279071390839,
  2.5214456545125733e-5,
];
const LG_B = [
  0.3224670334241136, 0.020580808432516733, 0.0028905138367341563, 0.0005100697921535113, 0.00010801156724758394,
  4.4864094961891516e-5,
];
const LG_TC = 1.4616321449683622;
const LG_TF = -0.12148629053584961;
const LG_TT = -3.638676997039505e-18;
const LG_T = [
  [0.48383612272381005, -0.032788541075985965, 0.006100538702462913, -0.0014034646998923284, 0.00031563207090362595],
  [-0.1475877229945939, 0.01797067508118204, -0.0036845201678113826, 0.000881081882437654, -0.00031275416837512086],
  [0.06462494023913339, -0.010314224129834144, 0.0022596478090061247, -0.0005385953053567405, 0.0003355291926355191],
] as const;
const LG_U = [
  -0.07721566490153287, 0.6328270640250934, 1.4549225013723477, 0.9777175279633727, 0.22896372806469245,
  0.013381091853678766,
];
const LG_V = [1, 2.4559779371304113, 2.128489763798934, 0.7692851504566728, 0.10422264559336913, 0.003217092422824239];
const LG_S = [
  -0.07721566490153287, 0.21498241596060885, 0.325778796408931, 0.14635047265246445, 0.02664227030336386,
  0.0018402845140733772, 3.194753265841009e-5,
];
const LG_R = [
  1, 1.3920053346762105, 0.7219355475671381, 0.17193386563280308, 0.01864591917156529, 0.0007779424963818936,
  7.326684307446256e-6,
];
const LG_W0 = 0.4189385332046727;
const LG_W = [
  0.08333333333333297, -0.0027777777772877554, 0.0007936505586430196, -0.00059518755745034, 0.0008363399189962821,
  -0.0016309293409657527,
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
