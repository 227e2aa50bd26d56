"""Distances on the WGS84 ellipsoid, and what they mean on foot.

Inverse formula of T. Vincenty, Survey Review XXIII 176 (1975): within 0.5 mm where it converges. Between
nearly antipodal points it does not; there the great circle on the mean sphere answers (within 0.6 %).
"""

import math
from itertools import repeat

from geo.point import Point

MEAN_RADIUS_M = 6_371_008.8
_A = 6_378_137.0
_F = 1 / 298.257223563
_B = _A * (1 - _F)
_ROUNDS = 60
_CONVERGED = 1e-12

# Ellipsoid and sphere differ by 0.6 % at most; twice that and a little more never loses a true neighbour.
SPHERE_SLACK = 1.015
METRES_PER_MINUTE = 80
DETOUR = 1.3


def metres(a: Point, b: Point) -> float:
    """The shortest way over the ground between two points, in metres.

    >>> round(metres(Point(9.19, 45.46), Point(9.19, 45.47)))
    1111
    """
    if a == b:
        return 0.0
    longitude = math.radians(math.remainder(b.lon - a.lon, 360))
    sin_1, cos_1 = _reduced(a.lat)
    sin_2, cos_2 = _reduced(b.lat)
    angle = longitude
    for _ in repeat(None, _ROUNDS):
        sin_angle, cos_angle = math.sin(angle), math.cos(angle)
        sin_sigma = math.hypot(cos_2 * sin_angle, cos_1 * sin_2 - sin_1 * cos_2 * cos_angle)
        if sin_sigma == 0:
            return 0.0 if cos_1 * cos_2 * cos_angle + sin_1 * sin_2 > 0 else sphere_metres(a, b)
        cos_sigma = sin_1 * sin_2 + cos_1 * cos_2 * cos_angle
        sigma = math.atan2(sin_sigma, cos_sigma)
        sin_alpha = cos_1 * cos_2 * sin_angle / sin_sigma
        cos2_alpha = 1 - sin_alpha * sin_alpha
        cos_2m = cos_sigma - 2 * sin_1 * sin_2 / cos2_alpha if cos2_alpha > 1e-15 else 0.0
        c = _F / 16 * cos2_alpha * (4 + _F * (4 - 3 * cos2_alpha))
        correction = sigma + c * sin_sigma * (cos_2m + c * cos_sigma * (2 * cos_2m * cos_2m - 1))
        before, angle = angle, longitude + (1 - c) * _F * sin_alpha * correction
        if abs(angle) > math.pi:
            break
        if abs(angle - before) < _CONVERGED:
            return _along(sigma, sin_sigma, cos_sigma, cos2_alpha, cos_2m)
    return sphere_metres(a, b)


def sphere_metres(a: Point, b: Point) -> float:
    """The great circle on the mean sphere, in metres: five times quicker, within 0.6 % of the ellipsoid."""
    lat_1, lat_2 = math.radians(a.lat), math.radians(b.lat)
    chord = (
        math.sin((lat_2 - lat_1) / 2) ** 2
        + math.cos(lat_1) * math.cos(lat_2) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * MEAN_RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))


def minutes_on_foot(distance_m: float) -> int:
    """Minutes of walking for a straight distance in metres: 80 m a minute, streets 1.3 times longer, at least 1.

    >>> minutes_on_foot(500)
    8
    """
    return max(1, round(distance_m * DETOUR / METRES_PER_MINUTE))


def _reduced(latitude: float) -> tuple[float, float]:
    """Sine and cosine of the reduced latitude."""
    reduced = math.atan((1 - _F) * math.tan(math.radians(latitude)))
    return math.sin(reduced), math.cos(reduced)


def _along(sigma: float, sin_sigma: float, cos_sigma: float, cos2_alpha: float, cos_2m: float) -> float:
    """Vincenty's series for the length of the geodesic, in metres."""
    u2 = cos2_alpha * (_A * _A - _B * _B) / (_B * _B)
    big_a = 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)))
    big_b = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)))
    square = 2 * cos_2m * cos_2m - 1
    outer = big_b / 6 * cos_2m * (4 * sin_sigma * sin_sigma - 3) * (4 * cos_2m * cos_2m - 3)
    delta = big_b * sin_sigma * (cos_2m + big_b / 4 * (cos_sigma * square - outer))
    return _B * big_a * (sigma - delta)
