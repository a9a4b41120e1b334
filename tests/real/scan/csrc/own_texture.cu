// A template of this file's own that is called texture: compiles everywhere.
namespace own {
template <typename T, int N> struct texture { T at[N]; };
}
own::texture<float, 2> image;
float first() { return image.at[0]; }
