// std::vector without its header.
std::vector<int> none() { return {}; }
