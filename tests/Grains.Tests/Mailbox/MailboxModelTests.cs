using PosteRestante.Grains.Tests.Simulation;
using PosteRestante.TestKit;

namespace PosteRestante.Grains.Tests.Mailbox;

/// <summary>Random lives of a mailbox beside the reference model (design.md 8); a seed brings a life back.</summary>
public class MailboxModelTests
{
    private static readonly Faults Everything = new()
    {
        FailBefore = 40,
        FailAfter = 40,
        Doubled = 40,
        LostCall = 40,
        DoubledCall = 40,
    };

    [Fact]
    public void Mailbox_WithoutFaults_AnswersAsTheModel() => Live(seeds: 500, Faults.None, ghosts: false);

    [Fact]
    public void Mailbox_WithFaults_AnswersAsTheModel() => Live(seeds: 500, Everything, ghosts: false);

    [Fact]
    public void Mailbox_WithGhostActivation_AnswersAsTheModel() => Live(seeds: 500, Faults.None, ghosts: true);

    [Fact]
    public void Mailbox_WithGhostActivationAndFaults_AnswersAsTheModel() => Live(seeds: 500, Everything, ghosts: true);

    private void Live(int seeds, Faults faults, bool ghosts)
    {
        var steps = 0;
        var lives = Seeds.Of(seeds);
        foreach (var seed in lives)
        {
            var run = new ModelRun(seed, faults, ghosts);
            try
            {
                run.Run(steps: 120);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException(
                    $"Seed {seed} differs from the model at step {run.Steps}; POSTE_SEED={seed} repeats it.", failure);
            }

            steps += run.Steps;
        }

        Notes.Say($"mailbox against the model, {(faults == Faults.None ? "no faults" : "faults")}, {(ghosts ? "ghosts" : "no ghosts")}: {lives.Count} seeds, {steps} steps");
    }
}
