// c10::optional and its header stayed.
#include <c10/util/Optional.h>
c10::optional<int> none() { return c10::nullopt; }
