using Orleans;
using Orleans.Runtime;
using PosteRestante.Grains.Local.Tests.Probes;

namespace PosteRestante.Grains.Local.Tests.Reminders;

public sealed class RemindedGrain(Journal journal) : Grain, IReminded, IRemindable
{
    public async ValueTask RegisterAsync(string name, TimeSpan dueTime, TimeSpan period) => await this.RegisterOrUpdateReminder(name, dueTime, period);

    public async ValueTask<bool> HasAsync(string name) => await this.GetReminder(name) is not null;

    public async ValueTask UnregisterAsync(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var late = status.CurrentTickTime - status.FirstTickTime;
        journal.Add($"{this.GetPrimaryKeyString()} was reminded of {reminderName}, tick {(late.Ticks / status.Period.Ticks) + 1}, {Awaiting.WhereAmI(this) ?? "in turn"}");
        return Task.CompletedTask;
    }
}
