using Orleans;

namespace PosteRestante.Grains.Local.Tests.Reminders;

public interface IReminded : IGrainWithStringKey
{
    ValueTask RegisterAsync(string name, TimeSpan dueTime, TimeSpan period);

    ValueTask<bool> HasAsync(string name);

    ValueTask UnregisterAsync(string name);
}
