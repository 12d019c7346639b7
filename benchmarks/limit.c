// The limit: full-batch descent of many 2-H-1 sigmoid networks on four points, half squared error, rates of their own.
// Number p of network n stands at theta[p * networks + n], in the order W1 by rows, b1, W2, b2.
#include <math.h>
#include <string.h>

enum { LANES = 32, POINTS = 4, MOST = 256 };

static void descend(int H, int networks, int first, int count, int steps, double *theta, const double *rate,
                    const double *x, const double *y)
{
    static double t[4 * MOST + 1][LANES], g[4 * MOST + 1][LANES], a[MOST][LANES];
    double out[LANES], d[LANES], alpha[LANES] = {0};
    const int size = 4 * H + 1;
    for (int p = 0; p < size; p++)
        for (int n = 0; n < LANES; n++) t[p][n] = n < count ? theta[(long)p * networks + first + n] : 0;
    for (int n = 0; n < count; n++) alpha[n] = rate[first + n] / POINTS;
    for (int s = 0; s < steps; s++) {
        memset(g, 0, size * sizeof g[0]);
        for (int r = 0; r < POINTS; r++) {
            const double x1 = x[r], x2 = x[POINTS + r];
            for (int n = 0; n < LANES; n++) out[n] = t[4 * H][n];
            for (int h = 0; h < H; h++)
                for (int n = 0; n < LANES; n++) {
                    a[h][n] = 1 / (1 + exp(-(t[2 * h][n] * x1 + t[2 * h + 1][n] * x2 + t[2 * H + h][n])));
                    out[n] += t[3 * H + h][n] * a[h][n];
                }
            for (int n = 0; n < LANES; n++) {
                const double o = 1 / (1 + exp(-out[n]));
                d[n] = (o - y[r]) * o * (1 - o);
                g[4 * H][n] += d[n];
            }
            for (int h = 0; h < H; h++)
                for (int n = 0; n < LANES; n++) {
                    const double e = t[3 * H + h][n] * d[n] * a[h][n] * (1 - a[h][n]);
                    g[3 * H + h][n] += d[n] * a[h][n];
                    g[2 * H + h][n] += e;
                    g[2 * h][n] += e * x1;
                    g[2 * h + 1][n] += e * x2;
                }
        }
        for (int p = 0; p < size; p++)
            for (int n = 0; n < LANES; n++) t[p][n] -= alpha[n] * g[p][n];
    }
    for (int p = 0; p < size; p++)
        for (int n = 0; n < count; n++) theta[(long)p * networks + first + n] = t[p][n];
}

void many(int H, int networks, int steps, double *theta, const double *rate, const double *x, const double *y)
{
    for (int first = 0; first < networks; first += LANES)
        descend(H, networks, first, networks - first < LANES ? networks - first : LANES, steps, theta, rate, x, y);
}

// One network, whose hidden neurons are what the compiler can do side by side.
void one(int H, int steps, double *theta, double rate, const double *x, const double *y)
{
    double *W = theta, *b1 = theta + 2 * H, *v = theta + 3 * H, b2 = theta[4 * H];
    double w1[MOST], w2[MOST], a[POINTS][MOST], d[POINTS];
    for (int h = 0; h < H; h++) w1[h] = W[2 * h], w2[h] = W[2 * h + 1];
    const double alpha = rate / POINTS;
    for (int s = 0; s < steps; s++) {
        double db2 = 0;
        for (int r = 0; r < POINTS; r++) {
            double z = b2;
            for (int h = 0; h < H; h++) {
                a[r][h] = 1 / (1 + exp(-(w1[h] * x[r] + w2[h] * x[POINTS + r] + b1[h])));
                z += v[h] * a[r][h];
            }
            const double o = 1 / (1 + exp(-z));
            db2 += d[r] = alpha * (o - y[r]) * o * (1 - o);
        }
        for (int h = 0; h < H; h++) {
            double dv = 0, db = 0, dw1 = 0, dw2 = 0;
            for (int r = 0; r < POINTS; r++) {
                const double e = v[h] * d[r] * a[r][h] * (1 - a[r][h]);
                dv += d[r] * a[r][h], db += e, dw1 += e * x[r], dw2 += e * x[POINTS + r];
            }
            v[h] -= dv, b1[h] -= db, w1[h] -= dw1, w2[h] -= dw2;
        }
        b2 -= db2;
    }
    for (int h = 0; h < H; h++) W[2 * h] = w1[h], W[2 * h + 1] = w2[h];
    theta[4 * H] = b2;
}
