"""The coefficients for ranking the statements of a short list, one a feature. Written by training."""

WITHOUT_COSINE = (
    3.8026,
    7.4681,
    19.2532,
    3.0567,
    -1.0115,
    10.0186,
    -0.6431,
    -0.8831,
    -3.0453,
    -1.1842,
    -0.2516,
)
WITH_COSINE = (
    -2.0553,
    6.5292,
    12.2378,
    0.9537,
    -0.7087,
    10.1278,
    0.0044,
    -0.6751,
    -2.6363,
    -1.1669,
    -0.2115,
    16.9580,
)
