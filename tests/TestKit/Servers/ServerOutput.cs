using System.Diagnostics;

namespace PosteRestante.TestKit.Servers;

/// <summary>The lines a process printed, and those who wait for one.</summary>
internal sealed class ServerOutput
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<string> _errors = [];
    private readonly List<(Predicate<string> IsWanted, TaskCompletionSource<string?> Found)> _waiting = [];
    private bool _ended;

    public ServerOutput(Process process)
    {
        process.OutputDataReceived += (_, data) => Take(data.Data);
        process.ErrorDataReceived += (_, data) => TakeError(data.Data);
    }

    public string Text => Join(_lines);

    public string ErrorText => Join(_errors);

    public string Line(string beginning)
    {
        lock (_gate)
        {
            return _lines.First(line => line.StartsWith(beginning, StringComparison.Ordinal));
        }
    }

    /// <summary>The first line that is wanted; null when the output ends without one.</summary>
    public Task<string?> WaitForAsync(Predicate<string> isWanted)
    {
        lock (_gate)
        {
            var line = _lines.Find(isWanted);
            if (line is not null || _ended)
            {
                return Task.FromResult(line);
            }

            var found = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((isWanted, found));
            return found.Task;
        }
    }

    private void Take(string? line)
    {
        lock (_gate)
        {
            if (line is null)
            {
                _ended = true;
                _waiting.ForEach(one => one.Found.SetResult(null));
                _waiting.Clear();
                return;
            }

            _lines.Add(line);
            foreach (var one in _waiting.Where(one => one.IsWanted(line)).ToList())
            {
                one.Found.SetResult(line);
                _waiting.Remove(one);
            }
        }
    }

    private void TakeError(string? line)
    {
        if (line is not null)
        {
            lock (_gate)
            {
                _errors.Add(line);
            }
        }
    }

    private string Join(List<string> lines)
    {
        lock (_gate)
        {
            return string.Join('\n', lines);
        }
    }
}
