"""`python -m benchmarks`: every comparison, one after the other."""

import jax

from benchmarks import coupled, ensembles, exports, maps, network, player, rates, recorded_runs

if __name__ == "__main__":
    jax.config.update("jax_enable_x64", True)
    recorded_runs.main()
    coupled.main()
    ensembles.main()
    maps.main()
    network.main()
    rates.main()
    player.main()
    exports.main()
