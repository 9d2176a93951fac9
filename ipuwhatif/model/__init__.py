"""How long it takes: one module per physical term, pure numpy, ensemble axis first."""
