using PosteRestante.TestKit;

namespace PosteRestante.Grains.Tests.LocalOnly;

/// <summary>Whole lives of a silo in simulation; a seed brings one back (POSTE_SEED), POSTE_SEEDS asks for more.</summary>
public class SiloLifeTests
{
    [Fact]
    public void Silo_InGoodOrder_KeepsItsPromises() => Live(seeds: 60, faults: false, crashes: 0);

    [Fact]
    public void Silo_InDisorder_KeepsItsPromises() => Live(seeds: 100, faults: true, crashes: 0);

    [Fact]
    public void Silo_InDisorderWithCrashes_KeepsItsPromises() => Live(seeds: 100, faults: true, crashes: 3);

    [Fact]
    public void Silo_WithTheSameSeed_LivesTheSameLife()
    {
        var lives = Enumerable.Range(0, 2).Select(_ =>
        {
            using var life = new SiloLife(seed: 7, faults: true, crashes: 2);
            life.Run();
            return (life.Unanswered, life.TraceHash);
        }).ToList();

        lives[0].ShouldBe(lives[1]);
    }

    private void Live(int seeds, bool faults, int crashes)
    {
        var (lives, unanswered) = (0, 0);
        foreach (var seed in Seeds.Of(seeds))
        {
            using var life = new SiloLife(seed, faults, crashes);
            try
            {
                life.Run();
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {seed} breaks a promise; POSTE_SEED={seed} repeats it.", failure);
            }

            lives++;
            unanswered += life.Unanswered;
        }

        Notes.Say($"silo simulated, {(faults ? "in disorder" : "in good order")}, {crashes} crashes: {lives} seeds, {unanswered} calls without an answer");
    }
}
